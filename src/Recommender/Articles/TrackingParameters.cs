namespace Recommender.Articles;

/// <summary>Query parameters that say where a reader came from, never which page it is. A parameter like <c>ref</c> or <c>source</c> can mean either and stays.</summary>
public static class TrackingParameters
{
    private static readonly string[] Prefixes = ["utm_", "pk_", "mtm_", "hsa_", "at_", "ns_", "oly_", "vero_", "__hs"];

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Click identifiers of advertising and social networks.
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "epik", "rdt_cid", "srsltid",

        // Newsletters and analytics.
        "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "_ga", "_gl", "ref_src", "ref_url", "s_cid", "ncid", "cmpid", "cmp", "icid", "ito", "xtor", "smid", "smtyp",
        "taid", "spm", "soc_src", "soc_trk", "guccounter", "guce_referrer", "guce_referrer_sig", "sr_share", "share_id", "wt.mc_id", "trk", "trkcampaign", "sref",
    };

    /// <summary>Whether a parameter of that name only tracks.</summary>
    public static bool Has(string name) => Names.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}

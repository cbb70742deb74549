using System.Net;
using System.Net.Sockets;

namespace Recommender.Ingestion.Fetching;

/// <summary>Tells addresses of the public internet from those that lead into somebody's own network. Source: the IANA special-purpose address registries.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] SpecialV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    // Teredo, 6to4 and the like carry an IPv4 address inside; NAT64, IPv4-mapped, unique local, link-local and multicast addresses are outside 2000::/3.
    private static readonly IPNetwork[] SpecialV6 =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20"), IPNetwork.Parse("2620:4f:8000::/48")];

    /// <summary>Whether a request to <paramref name="address"/> goes to the public internet and nowhere else.</summary>
    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !SpecialV4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => address is { ScopeId: 0, IsIPv4MappedToIPv6: false } && GlobalV6.Contains(address) && !SpecialV6.Any(network => network.Contains(address)),
        _ => false,
    };
}

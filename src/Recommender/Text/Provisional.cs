#pragma warning disable
using System.Text;
using System.IO.Hashing;
using Recommender.Articles;
namespace Recommender.Text
{
    public sealed record AnalysedText(string Language, IReadOnlyList<AnalysedTerm> Terms);
    public readonly record struct AnalysedTerm(uint Hash, string Surface, float Weight, bool IsBigram);
    public sealed class TermAnalyzer
    {
        static readonly HashSet<string> Stop = "the a of and in on for to is are over who still with that by as at it leaves wants every without rest refuses day few this next from".Split(' ').ToHashSet();
        public AnalysedText Analyse(Article a)
        {
            var d = new Dictionary<string,(float w,string s,bool b)>();
            void Add(string text, float weight)
            {
                string? prev=null, prevS=null;
                foreach (var w in text.Split([' ','.',',',':',';','\n','?'], StringSplitOptions.RemoveEmptyEntries))
                {
                    var l = w.ToLowerInvariant();
                    if (Stop.Contains(l)) { prev=null; continue; }
                    void Put(string k, string s, bool b) { var old = d.GetValueOrDefault(k, (0, s, b)); d[k] = (old.Item1 + weight, s, b); }
                    Put(l, w, false);
                    if (prev != null) Put(prev + " " + l, prevS + " " + w, true);
                    prev = l; prevS = w;
                }
            }
            Add(a.Title, 3); Add(a.Dek, 2); Add(a.Body, 1);
            return new(a.Language, d.Select(e => new AnalysedTerm((uint)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(e.Key)), e.Value.s, 1+MathF.Log(e.Value.w), e.Value.b)).ToList());
        }
    }
    public sealed class PackedTerms : IEquatable<PackedTerms>
    {
        List<AnalysedTerm> t;
        public int Count => t.Count; public uint HashAt(int i) => t[i].Hash; public float WeightAt(int i) => t[i].Weight;
        public string? SurfaceOf(uint h) => t.FirstOrDefault(x => x.Hash == h).Surface;
        public static PackedTerms Pack(IEnumerable<AnalysedTerm> x) => new() { t = x.OrderBy(y => y.Hash).ToList() };
        public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Join("\n", t.Select(x => FormattableString.Invariant($"{x.Hash}\t{x.Surface}\t{x.Weight:R}\t{x.IsBigram}"))));
        public static PackedTerms FromBytes(byte[] b) => new() { t = Encoding.UTF8.GetString(b).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => { var p = l.Split('\t'); return new AnalysedTerm(uint.Parse(p[0]), p[1], float.Parse(p[2], System.Globalization.CultureInfo.InvariantCulture), bool.Parse(p[3])); }).ToList() };
        public bool Equals(PackedTerms? o) => o != null && t.SequenceEqual(o.t);
    }
    public sealed class TitleSignature
    {
        string t = "";
        public static TitleSignature Of(string s) => new() { t = s.ToLowerInvariant() };
        public bool IsNearDuplicateOf(TitleSignature o) => t == o.t || t.StartsWith(o.t) || o.t.StartsWith(t);
    }
}
namespace Recommender.Articles
{
    public static class ContentHash { public static string Of(Article a) => Convert.ToHexString(XxHash128.Hash(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(a))); }
}

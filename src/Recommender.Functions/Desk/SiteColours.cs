using System.Globalization;

namespace Recommender.Functions.Desk;

/// <summary>Makes a site's own colour one that text can have and stand on: a contrast of at least 4.5 to 1 on the desk's light and dark surfaces (WCAG 2.2, 1.4.3).</summary>
public static class SiteColours
{
    private const double Least = 4.5;

    // The darkest of the light surfaces and the lightest of the dark ones in desk.css: what is readable there is readable on all.
    private static readonly Colour Light = Colour.Parse("#e9edf2");
    private static readonly Colour Dark = Colour.Parse("#2b333d");
    private static readonly Colour White = new(255, 255, 255);
    private static readonly Colour Black = new(0, 0, 0);

    /// <summary>A stylesheet that sets the colours of links, buttons and marks.</summary>
    public static string Stylesheet(string colour)
    {
        var (day, night) = (Readable(Colour.Parse(colour), Light, Black), Readable(Colour.Parse(colour), Dark, White));
        return $":root {{ --accent: light-dark({day}, {night}); --on-accent: light-dark({Over(day)}, {Over(night)}); }}\n";
    }

    /// <summary>The colour itself, or as little nearer to <paramref name="end"/> as makes it readable on <paramref name="surface"/>.</summary>
    public static Colour Readable(Colour colour, Colour surface, Colour end)
    {
        const double Step = 0.02;
        var readable = colour;
        for (var share = 0.0; Colour.Contrast(readable, surface) < Least && share <= 1; share += Step)
        {
            readable = colour.Mixed(end, share);
        }

        return readable;
    }

    private static Colour Over(Colour ground) => Colour.Contrast(White, ground) >= Least ? White : Black;
}

/// <summary>A colour of sRGB.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour that <c>#rrggbb</c> stands for.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Colour Parse(string text) => TryParse(text, out var colour) ? colour : throw new FormatException($"'{text}' is no colour.");

    /// <summary>Whether a text is <c>#rrggbb</c>, and the colour that it stands for.</summary>
    public static bool TryParse(string text, out Colour colour)
    {
        colour = default;
        if (text.Length != 7 || text[0] != '#' || !text.Skip(1).All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var channels = Convert.FromHexString(text.AsSpan(1));
        colour = new(channels[0], channels[1], channels[2]);
        return true;
    }

    /// <summary>The contrast ratio of WCAG 2.2: 1 for the same colour, 21 for black and white.</summary>
    public static double Contrast(Colour one, Colour other)
    {
        var (bright, dim) = (Math.Max(one.Luminance, other.Luminance), Math.Min(one.Luminance, other.Luminance));
        return (bright + 0.05) / (dim + 0.05);
    }

    /// <summary>This colour with a share, 0 to 1, of another.</summary>
    public Colour Mixed(Colour other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    // Relative luminance of WCAG 2.2.
    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel) => channel / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);

    private static byte Mix(byte one, byte other, double share) => (byte)Math.Round(one + ((other - one) * share));
}

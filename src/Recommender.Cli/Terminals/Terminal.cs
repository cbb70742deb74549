using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recommender.Cli.Terminals;

/// <summary>Standard output for what was asked for, standard error for everything else. Colours and live display only where a person looks on; nothing with control characters ever.</summary>
internal sealed class Terminal
{
    // Whoever reads a pipe wants each line whole.
    private const int Unwrapped = 10_000;

    private readonly IAnsiConsole output = Open(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole errors = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether standard output is a person's screen.</summary>
    public bool IsScreen => output.Profile.Out.IsTerminal;

    /// <summary>Columns of standard output; more than any line has when it is no screen.</summary>
    public int Width => output.Profile.Width;

    /// <summary>Standard error where it can show something that moves, else null.</summary>
    public IAnsiConsole? Live => errors.Profile.Out.IsTerminal && errors.Profile.Capabilities is { Ansi: true, Interactive: true } ? errors : null;

    /// <summary>Writes a line to standard output.</summary>
    public void WriteLine(string text = "", Style? style = null) => WriteLine(output, text, style);

    /// <summary>Writes a table or a tree to standard output.</summary>
    public void Write(IRenderable shape) => Write(output, shape);

    /// <summary>Writes a table or a tree to standard error.</summary>
    public void WriteAside(IRenderable shape) => Write(errors, shape);

    /// <summary>Writes a line to standard error.</summary>
    public void Note(string text, Style? style = null) => WriteLine(errors, text, style);

    /// <summary>Says in one line on standard error why the command failed.</summary>
    public void Fail(string message) => WriteLine(errors, "more-stories: " + OneLine(message), new Style(Color.Red));

    /// <summary>Text without control characters, so that nobody's headline moves the cursor.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            clean.Append(IsUnsafe(character) ? '\uFFFD' : character);
        }

        return clean.ToString();
    }

    // Shapes are filled up with spaces, which serve nobody in a pipe.
    private static void Write(IAnsiConsole console, IRenderable shape)
    {
        if (console.Profile.Out.IsTerminal)
        {
            console.Write(shape);
            return;
        }

        using var text = new StringWriter();
        Open(text, isRedirected: true).Write(shape);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            WriteLine(console, line.TrimEnd(), style: null);
        }
    }

    private static void WriteLine(IAnsiConsole console, string text, Style? style)
    {
        console.Write(new Spectre.Console.Text(Clean(text), style));
        console.WriteLine();
    }

    private static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // Marks that turn the direction of a line around (Trojan Source) count as control characters here.
    private static bool IsUnsafe(char character) => char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var isPlain = isRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var hasColour = !isPlain && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = Unwrapped;
        }

        return console;
    }
}

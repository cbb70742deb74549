using System.Globalization;
using Spectre.Console;

namespace Recommender.Cli.Terminals;

/// <summary>How far some work is.</summary>
/// <param name="Label">What is being done.</param>
/// <param name="Share">Part of it that is done, 0 to 1; null when that cannot be told.</param>
/// <param name="Detail">Figures, such as "512 articles, 180/s".</param>
internal readonly record struct Reading(string Label, double? Share, string Detail);

/// <summary>Shows how far work is while it goes on: a bar on a screen, a line every few seconds in a pipe, both on standard error.</summary>
/// <param name="terminal">Where.</param>
/// <param name="time">The clock.</param>
/// <param name="canDraw">Whether nothing else is written to the screen meanwhile.</param>
internal sealed class Meter(Terminal terminal, TimeProvider time, bool canDraw = true)
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(3);

    /// <summary>Does <paramref name="work"/> and shows what <paramref name="read"/> tells of it meanwhile.</summary>
    public async Task RunAsync(Func<Reading> read, Func<Task> work)
    {
        if (canDraw && terminal.Live is { } screen)
        {
            await DrawAsync(screen, read, work);
        }
        else
        {
            await FollowAsync(work(), LineInterval, () => terminal.Note(Line(read())));
        }
    }

    private Task DrawAsync(IAnsiConsole screen, Func<Reading> read, Func<Task> work) => screen.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask(Describe(read()), maxValue: 1);
            await FollowAsync(work(), BarInterval, () =>
            {
                var reading = read();
                bar.Description = Describe(reading);
                bar.IsIndeterminate = reading.Share is null;
                bar.Value = reading.Share ?? bar.Value;
            });
        });

    private static string Describe(Reading reading) => Markup.Escape(Terminal.Clean($"{reading.Label}: {reading.Detail}"));

    private async Task FollowAsync(Task work, TimeSpan interval, Action show)
    {
        while (await Task.WhenAny(work, Task.Delay(interval, time)) != work)
        {
            show();
        }

        await work;
    }

    private static string Line(Reading reading) => reading.Share is { } share
        ? string.Create(CultureInfo.InvariantCulture, $"{reading.Label}: {share:0%}, {reading.Detail}")
        : $"{reading.Label}: {reading.Detail}";
}

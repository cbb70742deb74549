using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Recommender.Testing;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>The application as in production over a store of the tool, for pages that ask it for lists.</summary>
internal sealed class ServedStore : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly StringBuilder log = new();
    private readonly Process process;
    private readonly HttpClient client;

    private ServedStore(ToolStore store, int port)
    {
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Recommender.Functions.dll"), "--urls", client.BaseAddress.AbsoluteUri },
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Recommender__Store"] = store.Environment["MORE_STORIES_STORE"],
                ["Recommender__Sites__default__Name"] = "default",
                ["Recommender__Sites__default__Hosts__0"] = "courier.example",
                ["Access__ReadOnly"] = "true",
                ["Triggers__Enabled"] = "false",
                ["Api__RequestsPerSecond"] = "100000",
                ["Api__Burst"] = "100000",
            },
        };
        foreach (var (name, value) in store.Environment)
        {
            start.Environment.TryAdd(name, value);
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    /// <summary>What the application wrote.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<ServedStore> StartAsync(ToolStore store)
    {
        var served = new ServedStore(store, Azurite.FreePort());
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < StartLimit && !served.process.HasExited)
        {
            try
            {
                using var answer = await served.client.GetAsync(new Uri("/api/health/live", UriKind.Relative));
                return served;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        await served.DisposeAsync();
        throw new InvalidOperationException($"The application did not start.\n{served.Log}");
    }

    /// <summary>What a page gets.</summary>
    public async Task<PageAnswer> ListAsync(string id)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.GetAsync(new Uri($"/api/more-stories?count=20&id={id}", UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return new PageAnswer($"{(int)answer.StatusCode}: {text}", "", [], Stopwatch.GetElapsedTime(begun));
            }

            using var list = JsonDocument.Parse(text);
            return new PageAnswer(
                null, list.RootElement.GetProperty("state").GetString()!, [.. list.RootElement.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("id").GetString()} ({string.Join(", ", item.GetProperty("terms").EnumerateArray())})")], Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return new PageAnswer(failure.Message, "", [], Stopwatch.GetElapsedTime(begun));
        }
    }

    /// <summary>What <c>/api/health/ready</c> says, and with what status.</summary>
    public async Task<(HttpStatusCode Code, string Status)> ReadyAsync()
    {
        using var answer = await client.GetAsync(new Uri("/api/health/ready", UriKind.Relative));
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, health.RootElement.GetProperty("status").GetString()!);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill(this, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        await process.WaitForExitAsync();
        process.Dispose();
        client.Dispose();
    }

    private void Hear(string? line)
    {
        lock (log)
        {
            log.AppendLine(line);
        }
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
}

/// <summary>An answer to a page.</summary>
/// <param name="Error">What is wrong with it; null when nothing is.</param>
/// <param name="State">The list's state.</param>
/// <param name="Items">Ids of its items, and the terms for which they are there.</param>
/// <param name="Took">How long the page waited.</param>
internal sealed record PageAnswer(string? Error, string State, IReadOnlyList<string> Items, TimeSpan Took);

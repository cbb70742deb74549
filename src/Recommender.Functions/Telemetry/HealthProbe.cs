namespace Recommender.Functions.Telemetry;

/// <summary>Asks an application that runs on this machine whether it is ready: what a container without a shell can check its health by.</summary>
internal static class HealthProbe
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--health";

    private const string DefaultPort = "5000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Prints what the application says and returns 0 when it is ready, else 1.</summary>
    public static async Task<int> RunAsync()
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(Address(), $"{HealthEndpoints.Path}/ready"));
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"It does not answer: {silent.Message}");
            return 1;
        }
    }

    // The settings that say where the server listens, the strongest first; the host part may be a wildcard.
    private static Uri Address()
    {
        var address = Setting("ASPNETCORE_URLS")?.Split(';')[0] ?? $"http://localhost:{Setting("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? DefaultPort}";
        var parts = BindingAddress.Parse(address);
        return new UriBuilder(parts.Scheme, "localhost", parts.Port).Uri;
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

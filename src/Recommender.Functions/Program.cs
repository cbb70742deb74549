using Microsoft.Extensions.Options;
using Recommender.Functions;
using Recommender.Functions.Telemetry;
using Recommender.Tables;

if (args is [HealthProbe.Argument])
{
    return await HealthProbe.RunAsync();
}

try
{
    var builder = WebApplication.CreateBuilder(args);
    RecommenderApp.Configure(builder);
    var app = builder.Build();
    app.UseRecommender();
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    // One line for each setting: what an operator needs, without the trace.
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong.Failures));
}
catch (Exception failure) when (failure is TableUnavailableException or IOException or InvalidOperationException { Source: "Recommender.Tables.Azure" or "Microsoft.Extensions.Configuration.Binder" })
{
    await Console.Error.WriteLineAsync(failure.Message);
}

return 1;

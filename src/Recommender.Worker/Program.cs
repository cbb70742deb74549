using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Recommender.Functions;
using Recommender.Functions.Triggers;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
WorkerFront.Configure(builder.Configuration);
builder.Services.AddRecommenderApp(builder.Configuration, builder.Environment);
await builder.Build().RunAsync();

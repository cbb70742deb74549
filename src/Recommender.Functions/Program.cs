using Recommender.Functions;

var builder = WebApplication.CreateBuilder(args);
RecommenderApp.Configure(builder);
var app = builder.Build();
app.UseRecommender();
await app.RunAsync();

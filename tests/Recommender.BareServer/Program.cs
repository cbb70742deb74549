// The least that answers over HTTP: Kestrel, and one text whatever is asked.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
app.Run(context => context.Response.WriteAsync("here", context.RequestAborted));
app.Run();

using Recommender.Cli;

return await Tool.RunAsync(args);

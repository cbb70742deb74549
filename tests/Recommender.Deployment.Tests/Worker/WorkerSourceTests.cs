using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recommender.Deployment.Tests.Support;
using Recommender.Functions.Triggers;

namespace Recommender.Deployment.Tests.Worker;

/// <summary>The isolated-worker front has the functions of the manifests and nothing of its own. Its packages are not everywhere, so its source is read.</summary>
public sealed class WorkerSourceTests
{
    private static readonly MethodDeclarationSyntax[] Functions =
    [
        .. Directory.GetFiles(Repository.PathOf("src", "Recommender.Worker"), "*.cs")
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()),
    ];

    [Fact]
    public void Its_functions_are_those_of_the_manifests_by_name_route_methods_and_schedule()
    {
        var manifests = FunctionManifest.ReadAll(Repository.PathOf("src", "Recommender.Functions", "functions"));
        Assert.NotEmpty(manifests);
        Assert.Equal(
            manifests.Select(manifest => manifest.Trigger == FunctionManifest.Http
                ? $"{manifest.Name}: {string.Join(' ', manifest.Methods)} {manifest.Route} Anonymous"
                : $"{manifest.Name}: {manifest.Schedule ?? manifest.Queue}"),
            Functions.Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_is_one_call_of_the_front()
    {
        Assert.All(Functions, function =>
        {
            var name = Text(Attribute(function.AttributeLists, "Function").ArgumentList!.Arguments[0].Expression);
            Assert.Equal(name, function.Identifier.Text);
            var expected = Trigger(function) switch
            {
                "HttpTrigger" => "front.AnswerAsync(request)",
                "QueueTrigger" => $"front.TakeAsync(\"{name}\", order, cancellation)",
                _ => $"front.RunAsync(\"{name}\", cancellation)",
            };
            Assert.Equal(expected, function.ExpressionBody?.Expression.ToString());
        });
        var program = Repository.Read("src", "Recommender.Worker", "Program.cs").Split('\n').SkipWhile(line => line.StartsWith("using ", StringComparison.Ordinal) || line.Length == 0);
        Assert.Equal(
            [
                "var builder = FunctionsApplication.CreateBuilder(args);",
                "builder.ConfigureFunctionsWebApplication();",
                "WorkerFront.Configure(builder.Configuration);",
                "builder.Services.AddRecommenderApp(builder.Configuration, builder.Environment);",
                "await builder.Build().RunAsync();",
                "",
            ],
            program);
    }

    [Fact]
    public void It_is_outside_the_solution_takes_the_shared_host_json_as_it_is_and_pinned_packages()
    {
        Assert.DoesNotContain("Recommender.Worker", Repository.Read("Recommender.sln"), StringComparison.Ordinal);
        Assert.DoesNotContain("customHandler", Repository.Read("host.json"), StringComparison.Ordinal);
        var project = XDocument.Load(Repository.PathOf("src", "Recommender.Worker", "Recommender.Worker.csproj"));
        Assert.Contains(project.Descendants("None"), item => item.Attribute("Include")?.Value == "../../host.json" && item.Attribute("CopyToOutputDirectory") is not null);

        var pinned = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);
        var packages = project.Descendants("PackageReference").ToList();
        Assert.Equal(5, packages.Count);
        Assert.All(packages, package => Assert.True(package.Attribute("Version") is null && pinned.ContainsKey(package.Attribute("Include")!.Value)));
    }

    private static string Describe(MethodDeclarationSyntax function)
    {
        var name = Text(Attribute(function.AttributeLists, "Function").ArgumentList!.Arguments[0].Expression);
        var arguments = Attribute(function.ParameterList.Parameters[0].AttributeLists, Trigger(function)).ArgumentList!.Arguments;
        if (Trigger(function) is "TimerTrigger" or "QueueTrigger")
        {
            // Which account a queue is in stands beside its name, as in the manifest.
            Assert.Equal(Trigger(function) == "QueueTrigger" ? ["Connection = \"AzureWebJobsStorage\""] : [], arguments.Skip(1).Select(argument => argument.ToString()));
            return $"{name}: {Text(arguments[0].Expression)}";
        }

        var level = ((MemberAccessExpressionSyntax)arguments[0].Expression).Name.Identifier.Text;
        var route = Text(arguments.Single(argument => argument.NameEquals?.Name.Identifier.Text == "Route").Expression);
        return $"{name}: {string.Join(' ', arguments.Skip(1).Where(argument => argument.NameEquals is null).Select(argument => Text(argument.Expression)))} {route} {level}";
    }

    private static string Trigger(MethodDeclarationSyntax function) =>
        function.ParameterList.Parameters[0].AttributeLists.SelectMany(list => list.Attributes).Single().Name.ToString();

    private static AttributeSyntax Attribute(IEnumerable<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).Single(attribute => attribute.Name.ToString() == name);

    private static string Text(ExpressionSyntax expression) => ((LiteralExpressionSyntax)expression).Token.ValueText;
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Recommender.Functions.Access;

namespace Recommender.Functions.Api;

/// <summary>Describes the HTTP interface to machines: title, keys and which endpoints want them.</summary>
internal static partial class OpenApiDocument
{
    private const string Header = "apiKey";
    private const string Token = "bearer";
    private static readonly HashSet<string> Numbers = ["count"];
    private static readonly HashSet<string> Flags = ["explain", "olderOnly"];

    /// <summary>Adds the document <c>v1</c>.</summary>
    public static void AddRecommenderOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "More Stories",
                Version = "v1",
                Description = "Related stories for a publisher's pages. Reading lists needs no key; articles, overrides and runs do.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyAuthentication.Header },
                [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Token },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
            {
                operation.Security = [Requirement(Header, context), Requirement(Token, context)];
            }

            operation.Parameters = [.. PathParameters(context.Description.RelativePath ?? "", operation.Parameters ?? []), .. operation.Parameters ?? []];
            foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
            {
                // Everything that a query may say has a default; of a parameter that may be repeated, the framework thinks otherwise.
                parameter.Required = false;
            }

            foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => Numbers.Contains(parameter.Name ?? "")))
            {
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" };
            }

            foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => Flags.Contains(parameter.Name ?? "")))
            {
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean };
            }

            return Task.CompletedTask;
        });
    });

    // Handlers read ids and topics from the address as it was sent, which the framework does not see.
    private static IEnumerable<IOpenApiParameter> PathParameters(string route, IList<IOpenApiParameter> known) => Name().Matches(route)
        .Select(match => match.Groups[1].Value)
        .Where(name => known.All(parameter => parameter.Name != name))
        .Select(name => new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Features;

namespace Recommender.Functions.Desk;

/// <summary>What the components of a site's desk inherit.</summary>
public abstract class DeskPage : ComponentBase
{
    /// <summary>The request that is answered.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Site, person and instant.</summary>
    protected DeskRequest Desk => Http.Features.GetRequiredFeature<DeskRequest>();
}

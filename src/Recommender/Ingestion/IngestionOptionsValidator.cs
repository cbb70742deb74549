using Microsoft.Extensions.Options;

namespace Recommender.Ingestion;

/// <summary>Checks the section when a process starts.</summary>
[OptionsValidator]
internal sealed partial class IngestionOptionsValidator : IValidateOptions<IngestionOptions>;

using Microsoft.Extensions.Options;

namespace Recommender.Embeddings;

/// <summary>Checks the section when a process starts.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>;

using System.Numerics.Tensors;
using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Embeddings.Onnx;

/// <summary>The real runtime with models of a few hundred bytes.</summary>
public sealed class OnnxEmbeddingsTests : IDisposable
{
    private static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ferry", "strike", "apple", "har", "##bour", "Ferry"];
    private static readonly float[][] Table = [.. Words.Select((_, word) => Enumerable.Range(0, 6).Select(place => (float)Math.Sin((word * 7) + place + 1)).ToArray())];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("onnx-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_text_gets_the_mean_of_its_tokens_whatever_else_is_computed_with_it()
    {
        await using var model = Model(TinyModel.OfTokens(Table, "input_ids", "attention_mask", "token_type_ids"));

        var given = await model.EmbedAsync("ferry", "Ferry strike harbour apple apple", "zeppelin");

        AssertNear(Mean("[CLS]", "ferry", "[SEP]"), given[0]);
        AssertNear(Mean("[CLS]", "ferry", "strike", "har", "##bour", "apple", "apple", "[SEP]"), given[1]);
        AssertNear(Mean("[CLS]", "[UNK]", "[SEP]"), given[2]);
    }

    [Fact]
    public async Task A_text_gets_the_vector_of_its_first_token_when_told_so()
    {
        await using var model = Model(TinyModel.OfTokens(Table, "input_ids", "attention_mask"), ("Pooling", "cls"));

        AssertNear(Mean("[CLS]"), (await model.EmbedAsync("ferry strike"))[0]);
    }

    [Fact]
    public async Task A_vector_that_the_model_gives_for_the_whole_text_is_taken_as_it_is()
    {
        await using var model = Model(TinyModel.OfTexts(Table));

        AssertNear(Mean("[CLS]", "ferry", "strike", "[SEP]"), (await model.EmbedAsync("ferry strike"))[0]);
    }

    [Fact]
    public async Task No_more_tokens_are_read_than_told_and_many_texts_are_no_matter()
    {
        await using var model = Model(TinyModel.OfTokens(Table, "input_ids", "attention_mask"), ("MaxTokens", "8"));

        var given = await model.EmbedAsync([.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("apple", 50)), 40)]);

        Assert.Equal(40, given.Count);
        Assert.All(given, vector => AssertNear(Mean("[CLS]", "apple", "apple", "apple", "apple", "apple", "apple", "[SEP]"), vector));
    }

    [Fact]
    public async Task A_cased_vocabulary_is_read_as_it_is()
    {
        await using var model = Model(TinyModel.OfTokens(Table, "input_ids"), ("LowerCase", "false"));

        AssertNear(Mean("[CLS]", "Ferry", "[SEP]"), (await model.EmbedAsync("Ferry"))[0]);
    }

    [Fact]
    public async Task Another_file_under_the_same_name_is_another_model_and_so_is_another_pooling()
    {
        await using var first = Model(TinyModel.OfTokens(Table, "input_ids"));
        var identity = first.Identity;
        await using var again = Model(TinyModel.OfTokens(Table, "input_ids"));
        await using var pooled = Model(TinyModel.OfTokens(Table, "input_ids"), ("Pooling", "cls"));

        Assert.StartsWith("onnx|model.onnx:", identity, StringComparison.Ordinal);
        Assert.Equal(identity, again.Identity);
        Assert.NotEqual(identity, pooled.Identity);
        await using var other = Model(TinyModel.OfTexts(Table));
        Assert.NotEqual(identity, other.Identity);
    }

    [Fact]
    public async Task A_model_that_wants_something_else_is_refused()
    {
        await using var model = Model(TinyModel.OfTokens(Table, "input_ids", "pixel_values"));

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => model.EmbedAsync("ferry"));

        Assert.Contains("'pixel_values'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Articles_are_placed_by_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(ConfiguredModel.Add(Settings(TinyModel.OfTokens(Table, "input_ids", "attention_mask"))));
        await newsroom.ImportAsync(Enumerable.Range(1, 12).SelectMany(part => new[] { Ferry(part), Orchard(part) }));

        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        await newsroom.PublishAsync(Ferry(20));

        Assert.Empty(run.Errors);
        Assert.Equal((24, 6), (run.Figures["embeddings.embedded"], run.Figures["embeddings.dimensions"]));
        Assert.Equal(LatentSource.Embeddings, (await newsroom.Get<ArticleTable>().GetAsync(newsroom.Site, "ferry-20"))!.Latent!.Source);
    }

    [Fact]
    public async Task A_file_that_is_no_model_keeps_no_article_from_being_published()
    {
        await using var newsroom = await Newsroom.OpenAsync(ConfiguredModel.Add(Settings([1, 2, 3])));
        await newsroom.ImportAsync(Enumerable.Range(1, 12).SelectMany(part => new[] { Ferry(part), Orchard(part) }));

        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

        Assert.StartsWith("Articles were placed by their terms", Assert.Single(run.Errors), StringComparison.Ordinal);
        await newsroom.PublishAsync(Ferry(20));
    }

    private static void AssertNear(float[] expected, float[] given) => Assert.Equal(0, TensorPrimitives.Distance<float>(expected, given), 1e-4);

    private static float[] Mean(params string[] words)
    {
        var rows = Array.ConvertAll(words, word => Table[Array.IndexOf(Words, word)]);
        return [.. Enumerable.Range(0, Table[0].Length).Select(place => rows.Average(row => row[place]))];
    }

    private ConfiguredModel Model(byte[] model, params (string Name, string Value)[] settings) => new([.. Settings(model), .. settings]);

    private (string Name, string Value)[] Settings(byte[] model)
    {
        var (path, vocabulary) = (Path.Combine(folder.FullName, "model.onnx"), Path.Combine(folder.FullName, "vocab.txt"));
        File.WriteAllBytes(path, model);
        File.WriteAllLines(vocabulary, Words);
        return [("Provider", "onnx"), ("ModelPath", path), ("VocabularyPath", vocabulary)];
    }
}

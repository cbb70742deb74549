using Recommender.Threads;

namespace Recommender.Similarity.Packs;

/// <summary>What a process has in memory of an article.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Article">What the similarity index keeps of it; null for one that is gone.</param>
/// <param name="Thread">The running story that it tells; null when it is in none.</param>
public readonly record struct PackedArticle(string Id, IndexedArticle? Article, StoryThread? Thread)
{
    /// <summary>What an index has of an article.</summary>
    public static PackedArticle Of(SimilarityIndex index, string id) => new(id, index.Find(id), index.Threads.ThreadOf(id));

    /// <summary>Brings an index up to date with it.</summary>
    public void PutInto(SimilarityIndex index)
    {
        if (Article is null)
        {
            index.Remove(Id);
            index.Threads.Remove(Id);
            return;
        }

        index.Set(Article);
        index.Threads.Learn(new ThreadMember(Article.Published, Id), Thread);
    }
}

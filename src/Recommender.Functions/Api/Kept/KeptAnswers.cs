using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Recommender.Changes;

namespace Recommender.Functions.Api.Kept;

/// <summary>
/// Answers that were given a moment ago. One is given again as long as nobody has heard of a change of its site since, and time alone makes no other list of it; and never longer than
/// <see cref="Lifetime"/>, for ages go on and what the store gave while it was ailing may be old.
/// </summary>
/// <remarks>
/// Kept in two halves: what comes in goes into the younger one, and when that is full or old, the older one is forgotten whole. So memory is bounded, nothing is swept, and what is asked for again comes back by itself.
/// </remarks>
internal sealed class KeptAnswers(ChangeFollower changes, TimeProvider time)
{
    /// <summary>How long an answer is given at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that both halves may take together.</summary>
    public const int Capacity = 64 << 20;

    private readonly Lock turning = new();
    private ConcurrentDictionary<AnswerKey, KeptAnswer> young = new();
    private ConcurrentDictionary<AnswerKey, KeptAnswer> old = new();
    private DateTimeOffset turned = time.GetUtcNow();
    private int size;

    /// <summary>The answer to a request at an instant, when there is one that may be given by what this process has heard of.</summary>
    public bool TryGet(AnswerKey key, DateTimeOffset now, [NotNullWhen(true)] out KeptAnswer? answer) =>
        (young.TryGetValue(key, out answer) || old.TryGetValue(key, out answer))
        && answer.Origin.Heard == changes.HeardOf(answer.Origin.Site)
        && now >= answer.Made && now < answer.Until;

    /// <summary>Keeps an answer.</summary>
    public void Keep(AnswerKey key, KeptAnswer answer)
    {
        if (Interlocked.Add(ref size, answer.Size) > Capacity / 2 || answer.Made - turned > Lifetime)
        {
            Turn(answer.Made);
        }

        young[key] = answer;
    }

    private void Turn(DateTimeOffset now)
    {
        lock (turning)
        {
            if (size > Capacity / 2 || now - turned > Lifetime)
            {
                (old, young, turned, size) = (young, new(), now, 0);
            }
        }
    }
}

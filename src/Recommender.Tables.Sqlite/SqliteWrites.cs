using System.Collections.Concurrent;

namespace Recommender.Tables.Sqlite;

/// <summary>
/// The writes of this process, one transaction at a time. Whatever came in while one was running is committed by the next together, for a commit costs more than most writes; each still takes
/// effect by itself or not at all.
/// </summary>
/// <param name="commit">Runs what it is given in one transaction, and again from its start when that is to be tried again.</param>
internal sealed class SqliteWrites(Func<Action<SqliteSession>, CancellationToken, Task> commit)
{
    // Who came first waits for those who came later: not for many.
    private const int MostAtATime = 64;

    private readonly ConcurrentQueue<IWaiting> queue = [];
    private int isBusy;

    /// <summary>Runs a write when it is its turn. A conflict it alone is told of; when the transaction itself fails, all are that had a part in it.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        var waiting = new Waiting<T>(write, cancellation);
        await using var withdrawal = cancellation.Register(waiting.Withdraw);
        queue.Enqueue(waiting);
        if (Interlocked.Exchange(ref isBusy, 1) == 0)
        {
            await CommitAsync();
            if (IsMore())
            {
                // Others came meanwhile. This one need not wait for them.
                _ = Task.Run(WorkAsync, CancellationToken.None);
            }
        }

        return await waiting.Result;
    }

    private async Task WorkAsync()
    {
        do
        {
            await CommitAsync();
        }
        while (IsMore());
    }

    // Whether there is more to do, and still to be done by who asks.
    private bool IsMore()
    {
        if (!queue.IsEmpty)
        {
            return true;
        }

        Interlocked.Exchange(ref isBusy, 0);
        return !queue.IsEmpty && Interlocked.Exchange(ref isBusy, 1) == 0;
    }

    private async Task CommitAsync()
    {
        var taken = new List<IWaiting>();
        while (taken.Count < MostAtATime && queue.TryDequeue(out var next))
        {
            if (next.TryTake())
            {
                taken.Add(next);
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            // Whoever wants no more of its own write must not stop those of others.
            await commit(session => Apply(session, taken), taken.Count == 1 ? taken[0].Cancellation : CancellationToken.None);
        }
        catch (Exception failure)
        {
            taken.ForEach(write => write.Fail(failure));
            return;
        }

        taken.ForEach(write => write.Complete());
    }

    private static void Apply(SqliteSession session, List<IWaiting> writes)
    {
        if (writes is [var only])
        {
            only.Apply(session);
            return;
        }

        foreach (var write in writes)
        {
            session.Execute("SAVEPOINT one");
            try
            {
                write.Apply(session);
            }
            catch (RowConflictException conflict)
            {
                session.Execute("ROLLBACK TO one");
                write.Refuse(conflict);
            }

            session.Execute("RELEASE one");
        }
    }

    private interface IWaiting
    {
        CancellationToken Cancellation { get; }

        bool TryTake();

        void Apply(SqliteSession session);

        void Refuse(RowConflictException conflict);

        void Fail(Exception failure);

        void Complete();
    }

    private sealed class Waiting<T>(Func<SqliteSession, T> write, CancellationToken cancellation) : IWaiting
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private RowConflictException? refused;
        private T? result;
        private int isTaken;

        public CancellationToken Cancellation => cancellation;

        public Task<T> Result => done.Task;

        public bool TryTake() => Interlocked.Exchange(ref isTaken, 1) == 0;

        public void Withdraw()
        {
            if (TryTake())
            {
                done.SetCanceled(cancellation);
            }
        }

        public void Apply(SqliteSession session) => (result, refused) = (write(session), null);

        public void Refuse(RowConflictException conflict) => refused = conflict;

        public void Fail(Exception failure) => done.SetException(failure);

        public void Complete()
        {
            if (refused is null)
            {
                done.SetResult(result!);
            }
            else
            {
                done.SetException(refused);
            }
        }
    }
}

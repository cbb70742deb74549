using System.Diagnostics;
using System.Net.Sockets;

namespace Recommender.Benchmarks.Reading;

/// <summary>Many readers of one thing, on one thread that waits for all of them, so that they cost less than the server that answers them.</summary>
internal sealed class Readers : IDisposable
{
    private readonly List<ReaderConnection> connections;
    private readonly Dictionary<Socket, ReaderConnection> bySocket;
    private readonly List<Socket> ready = [];

    /// <summary>Connects so many.</summary>
    public Readers(Uri server, byte[] request, int count)
    {
        connections = [.. Enumerable.Range(0, count).Select(_ => ReaderConnection.Open(server, request))];
        bySocket = connections.ToDictionary(connection => connection.Socket);
    }

    /// <summary>The last answer of one of them.</summary>
    public string Answer => connections[0].Answer;

    /// <summary>Answers a second while each reader asks again as soon as it is answered.</summary>
    public double Saturate(TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        var answers = 0L;
        connections.ForEach(connection => connection.Send(begun));
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            foreach (var connection in Completed(bySocket.Keys))
            {
                answers++;
                connection.Send(begun);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Drain([.. connections]);
        return answers / seconds;
    }

    /// <summary>Milliseconds from when each request was due, whoever was late, to its answer: so many a second, evenly, whatever comes back.</summary>
    public List<double> Pace(double perSecond, TimeSpan duration)
    {
        var latencies = new List<double>((int)(perSecond * duration.TotalSeconds) + 1);
        var free = new Stack<ReaderConnection>(connections);
        var busy = new HashSet<Socket>();
        var (begun, sent, between) = (Stopwatch.GetTimestamp(), 0L, Stopwatch.Frequency / perSecond);
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            var now = Stopwatch.GetTimestamp();
            for (var due = begun + (long)(sent * between); due <= now && free.TryPop(out var connection); due = begun + (long)(++sent * between))
            {
                connection.Send(due);
                busy.Add(connection.Socket);
            }

            foreach (var connection in Completed(busy))
            {
                latencies.Add(Stopwatch.GetElapsedTime(connection.Due).TotalMilliseconds);
                busy.Remove(connection.Socket);
                free.Push(connection);
            }
        }

        Drain([.. busy.Select(socket => bySocket[socket])]);
        return latencies;
    }

    /// <inheritdoc/>
    public void Dispose() => connections.ForEach(connection => connection.Dispose());

    private List<ReaderConnection> Completed(IReadOnlyCollection<Socket> asked)
    {
        var completed = new List<ReaderConnection>();
        if (asked.Count == 0)
        {
            return completed;
        }

        // Never sleeps: the wait of the system counts in milliseconds.
        ready.Clear();
        ready.AddRange(asked);
        Socket.Select(ready, null, null, 0);
        completed.AddRange(ready.Select(socket => bySocket[socket]).Where(connection => connection.TryComplete()));
        return completed;
    }

    private void Drain(HashSet<ReaderConnection> asked)
    {
        while (asked.Count > 0)
        {
            asked.ExceptWith(Completed([.. asked.Select(connection => connection.Socket)]));
        }
    }
}

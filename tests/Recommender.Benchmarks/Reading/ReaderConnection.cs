using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Recommender.Cli;

namespace Recommender.Benchmarks.Reading;

/// <summary>A keep-alive connection that asks for one thing again and again. It knows how long the answer is, so it costs little to read one.</summary>
internal sealed class ReaderConnection : IDisposable
{
    private static readonly byte[] Good = Encoding.ASCII.GetBytes("HTTP/1.1 200 ");
    private byte[] request;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int length;
    private int received;

    private ReaderConnection(Socket socket, byte[] request) => (Socket, this.request) = (socket, request);

    /// <summary>Its socket, to wait for.</summary>
    public Socket Socket { get; }

    /// <summary>When the answer that is awaited was due to be asked for.</summary>
    public long Due { get; private set; }

    /// <summary>The last answer, head and all, but without its date.</summary>
    public string Answer => string.Join('\n', Encoding.Latin1.GetString(buffer, 0, length).Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    /// <summary>Connects and asks once.</summary>
    public static ReaderConnection Open(Uri server, byte[] request)
    {
        var connection = new ReaderConnection(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, request);
        connection.Socket.Connect(IPAddress.Loopback, server.Port);
        connection.Ask();
        connection.Socket.Blocking = false;
        return connection;
    }

    /// <summary>Asks for something else, and waits for the answer.</summary>
    public void Ask(byte[] another)
    {
        request = another;
        Ask();
    }

    /// <summary>Asks once, and waits for the answer, however long that is.</summary>
    public void Ask()
    {
        Socket.Blocking = true;
        Send(due: 0);
        int head;
        do
        {
            received += Receive();
            head = buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8) + 4;
        }
        while (head < 4);

        length = head + ContentLength(Encoding.ASCII.GetString(buffer, 0, head));
        while (received < length)
        {
            received += Receive();
        }

        Complete();
    }

    /// <summary>Asks.</summary>
    public void Send(long due)
    {
        (Due, received) = (due, 0);
        if (Socket.Send(request) != request.Length)
        {
            throw new CommandException("A request does not fit into the buffer of its connection.");
        }
    }

    /// <summary>Reads what has come; true when that completes the answer.</summary>
    public bool TryComplete()
    {
        received += Receive();
        if (received < length)
        {
            return false;
        }

        Complete();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    private int Receive() => Socket.Receive(buffer.AsSpan(received)) is > 0 and var bytes ? bytes : throw new CommandException("The server closed a connection.");

    private void Complete()
    {
        if (received != length || !buffer.AsSpan().StartsWith(Good))
        {
            throw new CommandException($"Unexpected answer: {Encoding.Latin1.GetString(buffer, 0, Math.Min(received, 200))}");
        }
    }

    private static int ContentLength(string head) => int.Parse(
        head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], CultureInfo.InvariantCulture);
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Recommender.Ingestion.Fetching;

/// <summary>
/// Connects only to addresses of the public internet: the name is resolved here, its addresses are checked, and the connection goes to one that was checked,
/// so that no second answer of the name server can lead elsewhere.
/// </summary>
internal sealed class GuardedConnection(IOptions<IngestionOptions> options)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var resolved = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        var allowed = options.Value.AllowPrivateAddresses ? resolved : [.. resolved.Where(PublicAddress.Is)];
        if (allowed.Length == 0)
        {
            throw new PrivateAddressException(resolved.Length == 0 ? $"'{host}' has no address." : $"'{host}' has the address {resolved[0]}, which is not of the public internet.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads into somebody's own network.</summary>
internal sealed class PrivateAddressException(string message) : Exception(message);

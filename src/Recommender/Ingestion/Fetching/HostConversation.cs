using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Recommender.Ingestion.Fetching;

/// <summary>Asks a host one thing: in turn, politely, within limits of time and size. Follows no redirects and judges no addresses.</summary>
internal sealed class HostConversation(IHttpClientFactory clients, HostTurns turns, IOptions<IngestionOptions> options, TimeProvider time)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "Recommender.Ingestion";

    private const int BufferLength = 32 * 1024;
    private static readonly TimeSpan HoldWithoutDate = TimeSpan.FromMinutes(5);

    /// <summary>Sends a GET and reads the answer.</summary>
    /// <param name="address">What to ask for.</param>
    /// <param name="accept">Media types that are wanted.</param>
    /// <param name="validators">For a conditional request.</param>
    /// <param name="limit">Bytes that the content may have, packed and unpacked.</param>
    /// <param name="pause">Time since the last request to the host.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FetchException">No answer, or one that is too slow or too large.</exception>
    public async Task<Answer> AskAsync(Uri address, string accept, Validators validators, int limit, TimeSpan pause, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync(address, pause, cancellation);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.RequestTimeout), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var request = Request(address, accept, validators);
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            HoldIfAsked(address, response);
            var content = response.IsSuccessStatusCode ? await ReadAsync(address, response.Content, limit, both.Token) : default;
            return new Answer(response.StatusCode)
            {
                Location = response.Headers.Location,
                Content = content,
                MediaType = response.Content.Headers.ContentType?.MediaType,
                Charset = response.Content.Headers.ContentType?.CharSet,
                Validators = new Validators(First(response, "ETag"), response.Content.Headers.TryGetValues("Last-Modified", out var dates) ? dates.First() : null),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FetchException($"{address} did not answer within {options.Value.RequestTimeout} seconds.") { IsTransient = true };
        }
        catch (TimeoutRejectedException)
        {
            throw new FetchException($"{address} did not answer within {options.Value.AttemptTimeout} seconds.") { IsTransient = true };
        }
        catch (BrokenCircuitException failure)
        {
            throw new FetchException($"{address} was not asked, for its host failed several times just now.", failure) { IsTransient = true };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            throw Explain(address, failure);
        }
    }

    private static HttpRequestMessage Request(Uri address, string accept, Validators validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip, deflate");
        if (validators.ETag is { } etag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (validators.LastModified is { } modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        return request;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Uri address, HttpContent content, int limit, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw TooLarge(address, limit);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var received = new MemoryStream();
        var buffer = new byte[BufferLength];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (received.Length + read > limit)
            {
                throw TooLarge(address, limit);
            }

            received.Write(buffer, 0, read);
        }

        var packed = received.GetBuffer().AsMemory(0, (int)received.Length);
        return ContentCoding.Unpack(ContentCoding.Decode(packed, content.Headers.ContentEncoding, limit), limit);
    }

    private void HoldIfAsked(Uri address, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return;
        }

        var now = time.GetUtcNow();
        var asked = response.Headers.RetryAfter is { } after ? after.Date ?? (now + after.Delta) : null;
        if (asked is null && response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return;
        }

        var until = asked ?? (now + HoldWithoutDate);
        turns.Hold(address, until);
        throw new FetchException(string.Create(CultureInfo.InvariantCulture, $"{address} answered {(int)response.StatusCode} and asks to be left alone until {until:u}."))
        {
            IsTransient = true,
            RetryAt = until,
        };
    }

    private static FetchException TooLarge(Uri address, int limit) => new($"{address} is larger than {limit} bytes.");

    private static FetchException Explain(Uri address, Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is PrivateAddressException)
            {
                return new FetchException($"{address} is not fetched: {inner.Message}", failure);
            }
        }

        var reason = failure.Message.ReplaceLineEndings(" ");
        return new FetchException($"{address} cannot be fetched: {reason}", failure) { IsTransient = failure is not InvalidDataException };
    }

    private static string? First(HttpResponseMessage response, string header) => response.Headers.TryGetValues(header, out var values) ? values.First() : null;
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Lineage;

/// <summary>Delivers events to blobs and to an address, at least once.</summary>
public sealed class LineageDelivery : IDisposable
{
    private readonly IBlobStore _blobs;
    private readonly ISecretStore _secrets;
    private readonly LineageOptions _options;
    private readonly HttpClient _client;

    /// <summary>Delivers over its own connections.</summary>
    /// <param name="blobs">Where events are kept.</param>
    /// <param name="secrets">Has the address' key.</param>
    /// <param name="options">Where to.</param>
    public LineageDelivery(IBlobStore blobs, ISecretStore secrets, LineageOptions options)
        : this(blobs, secrets, options, new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
    }

    internal LineageDelivery(IBlobStore blobs, ISecretStore secrets, LineageOptions options, HttpMessageHandler handler)
    {
        (_blobs, _secrets, _options) = (blobs, secrets, options);
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>Delivers an event.</summary>
    /// <param name="name">Names it among those of its day: sent again, it is the same blob.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="lineageEvent">The event.</param>
    /// <param name="cancellationToken">Ends the delivery.</param>
    public async ValueTask<DeliveryOutcome> SendAsync(string name, DateTimeOffset at, JsonObject lineageEvent, CancellationToken cancellationToken = default)
    {
        byte[] json = Encoding.UTF8.GetBytes(lineageEvent.ToJsonString());
        if (_options.KeepsBlobs)
            await _blobs.PutIfAbsentAsync(NameOf(name, at), json, cancellationToken);
        return _options.Address is { } address ? await PostAsync(address, json, cancellationToken) : new Delivered();
    }

    /// <summary>The blob of an event.</summary>
    public static string NameOf(string name, DateTimeOffset at) =>
        $"{BlobAreas.Ledger}/openlineage/{at.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture)}/{BlobNames.Segment(name)}.json";

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async ValueTask<DeliveryOutcome> PostAsync(Uri address, byte[] json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_options.ApiKeySecret is { } name)
        {
            if (await _secrets.FindAsync(name, cancellationToken) is not { } key)
                return new NotDelivered($"There is no secret '{name}', which {address.Host} wants. Set it.");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using HttpResponseMessage answer = await _client.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return new Delivered();
            // The event itself is refused: sent again, it would be again.
            return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge
                ? new EventRefused($"{address.Host} refused an event with {(int)answer.StatusCode}.")
                : new NotDelivered($"{address.Host} answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            return new NotDelivered($"{address.Host} can't be reached: {e.HttpRequestError}.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NotDelivered($"{address.Host} didn't answer within {_client.Timeout.TotalSeconds:0} seconds.");
        }
    }
}

/// <summary>What became of an event.</summary>
public abstract record DeliveryOutcome
{
    private protected DeliveryOutcome() { }
}

/// <summary>It is delivered.</summary>
public sealed record Delivered : DeliveryOutcome;

/// <summary>It isn't delivered yet, and may be later.</summary>
/// <param name="Reason">Why.</param>
public sealed record NotDelivered(string Reason) : DeliveryOutcome;

/// <summary>It will never be taken.</summary>
/// <param name="Reason">Why.</param>
public sealed record EventRefused(string Reason) : DeliveryOutcome;

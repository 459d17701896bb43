using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Donmai.Core.Platform;

/// <summary>Sends requests of outboxes. Their ids go with them, so that the platform does twice what reaches it twice only once.</summary>
/// <param name="client">The calls to the platform.</param>
public sealed class OutboxDelivery(PlatformClient client)
{
    /// <summary>Sends a request. When this returns the platform has it; it may have had it before.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="how">Changes how the call is made; <see langword="null"/> for the table of calls.</param>
    /// <exception cref="PermanentPlatformException">The platform refused it, or it cannot be read any more.</exception>
    /// <exception cref="TransientPlatformException">It did not succeed; later it may.</exception>
    public async Task Send(OutboxEntry entry, PlatformAccessSource access, CancellationToken cancellationToken, Func<PlatformCall, PlatformCall>? how = null)
    {
        switch (entry.Kind)
        {
            case OutboxKind.Completion:
                await client.PostCompletion(
                    access, entry.SessionId, Body(entry, PlatformJson.Default.CompletionRequest), entry.Id, cancellationToken, Call(PlatformCalls.Completion));
                break;
            case OutboxKind.Status:
                await Status(entry, access, Call(PlatformCalls.Status), cancellationToken);
                break;
            case OutboxKind.IssueStatus or OutboxKind.Comment:
                await client.AskIssueTracker(access, Body(entry, PlatformJson.Default.ProxyRequest), cancellationToken, Call(PlatformCalls.IssueTracker), entry.Id);
                break;
            case OutboxKind.Activity:
                await client.PostActivity(
                    access, entry.SessionId, Body(entry, PlatformJson.Default.ActivityRequest), cancellationToken, Call(PlatformCalls.Activity), entry.Id);
                break;
            default:
                throw Unknown(entry, $"it is of the kind \"{entry.Kind}\"");
        }

        PlatformCall Call(PlatformCall usual) => how?.Invoke(usual) ?? usual;
    }

    // A platform that already knows the end of the session has what it needs (platform-api.md §11.3).
    private async Task Status(OutboxEntry entry, PlatformAccessSource access, PlatformCall call, CancellationToken cancellationToken)
    {
        try
        {
            await client.PostStatus(access, entry.SessionId, Body(entry, PlatformJson.Default.StatusRequest), entry.Id, cancellationToken, call);
        }
        catch (PermanentPlatformException known) when (known.StatusCode is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.Gone)
        {
            return;
        }
    }

    private static T Body<T>(OutboxEntry entry, JsonTypeInfo<T> contract)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Body.Text, contract) ?? throw Unknown(entry, "it is empty");
        }
        catch (JsonException wrong)
        {
            throw Unknown(entry, wrong.Message);
        }
    }

    private static PermanentPlatformException Unknown(OutboxEntry entry, string why) =>
        new($"the request {entry.Id} of the outbox cannot be sent: {why}", statusCode: 0, body: "");
}

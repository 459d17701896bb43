using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Donmai.Core.Platform.Wire;

namespace Donmai.Core.Platform;

/// <summary>One answer of an orchestrator: read within limits, and refused with a sentence when it cannot be used.</summary>
/// <param name="call">What it answers.</param>
/// <param name="address">Who gave it.</param>
/// <param name="secret">The token of the call, which a body could repeat.</param>
/// <param name="response">The answer; its headers are read.</param>
/// <param name="clock">Tells how long a date of <c>Retry-After</c> is away.</param>
/// <param name="cancellationToken">Gives reading up.</param>
internal sealed class PlatformAnswer(
    PlatformCall call, Uri address, string secret, HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
{
    private const int ShownLength = 300;
    private const string Hidden = "***";

    private string Place => PlatformFailures.Place(address);

    /// <summary>Lets a success pass.</summary>
    /// <exception cref="PlatformAttemptException">It is none.</exception>
    public async Task ExpectSuccess()
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await Text();
        var status = (int)response.StatusCode;
        throw new PlatformAttemptException(Refusal(status, body))
        {
            StatusCode = status,
            Body = body,
            RetryAfter = RetryAfter(),
            IsFinal = !IsRetried(status),
        };
    }

    /// <summary>What the body says; <see langword="null"/> when there is none, or <c>null</c>.</summary>
    /// <exception cref="PlatformAttemptException">It says something else.</exception>
    public async Task<T?> Optional<T>(JsonTypeInfo<T> contract)
        where T : class
    {
        var body = await Body();
        return body.Span.IsEmpty ? null : Parse(body.Span, contract);
    }

    /// <summary>What the body says.</summary>
    /// <exception cref="PlatformAttemptException">It says nothing, or something else.</exception>
    public async Task<T> Required<T>(JsonTypeInfo<T> contract)
        where T : class => await Optional(contract) ?? throw Unusable("nothing");

    /// <summary>The failure of an answer that lacks a member.</summary>
    public PlatformAttemptException Without(string member) => Unusable($"JSON that has no {member}");

    /// <summary>The failure of a request that the issue tracker declines (platform-api.md §12).</summary>
    public PlatformAttemptException Declined(ProxyError? error)
    {
        var why = Shown(Clean($"{error?.Code}: {error?.Message}").Trim(':', ' '));
        return new PlatformAttemptException($"the issue tracker declined: {(why.Length == 0 ? "no reason given" : why)}")
        {
            StatusCode = (int)response.StatusCode,
            Body = why,
            IsFinal = error?.Retryable is not true,
        };
    }

    private T? Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> contract)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(body); // what follows the first value is not looked at
            return JsonSerializer.Deserialize(ref reader, contract);
        }
        catch (JsonException wrong)
        {
            throw Unusable(body[0] == '<' ? "a web page instead of JSON; is orchestrator.url right?" : $"something else than the JSON that is expected (at {wrong.Path ?? "$"})");
        }
    }

    private PlatformAttemptException Unusable(string what) => new($"{Place} answered {call.Name} with {what}") { StatusCode = (int)response.StatusCode };

    private async Task<ReadOnlyMemory<byte>> Body()
    {
        var (bytes, isWhole) = await Read(call.AnswerLimit);
        if (!isWhole)
            throw Unusable(string.Create(CultureInfo.InvariantCulture, $"more than {call.AnswerLimit / 1024} KiB"));
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(Encoding.UTF8.Preamble.Length) : bytes;
        return text.TrimStart(" \t\r\n"u8);
    }

    private async Task<string> Text()
    {
        try
        {
            return Clean(Encoding.UTF8.GetString((await Read(call.ErrorLimit)).Bytes)).Trim();
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or IOException)
        {
            return ""; // the text is a courtesy: the status is known
        }
    }

    private async Task<(byte[] Bytes, bool IsWhole)> Read(int limit)
    {
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var taken = new MemoryStream();
        var buffer = new byte[Math.Min(limit, 64 * 1024)];
        while (taken.Length < limit)
        {
            var count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit - taken.Length)), cancellationToken);
            if (count == 0)
                return (taken.ToArray(), true);
            taken.Write(buffer, 0, count);
        }

        return (taken.ToArray(), await source.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) == 0);
    }

    private string Refusal(int status, string body)
    {
        if (status is >= 300 and < 400)
            return $"{Place} answered {status} to {call.Name} and points {Direction()}; the call goes nowhere else: is orchestrator.url right?";
        var shown = body.StartsWith('<') ? "a web page" : Shown(body);
        return $"{Place} answered {status} to {call.Name}{(shown.Length == 0 ? "" : $": {shown}")}";
    }

    private string Direction() => Uri.TryCreate(address, response.Headers.Location, out var target) ? $"to {PlatformFailures.Place(target)}" : "nowhere";

    /// <summary>One line without control characters and without the call's token.</summary>
    private string Clean(string text)
    {
        var line = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
        return secret.Length == 0 ? line : line.Replace(secret, Hidden, StringComparison.Ordinal);
    }

    private static string Shown(string text) => text.Length <= ShownLength ? text : $"{text.AsSpan(0, ShownLength)}…";

    private bool IsRetried(int status) => call.Retried switch
    {
        RetriedAnswers.Any => true,
        RetriedAnswers.TemporaryOrUnauthorized when status == (int)HttpStatusCode.Unauthorized => true,
        _ => status is < 400 or 408 or 425 or 429 or >= 500,
    };

    private TimeSpan? RetryAfter() => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta >= TimeSpan.Zero => delta,
        { Date: { } date } when date - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero => wait,
        _ => null,
    };
}

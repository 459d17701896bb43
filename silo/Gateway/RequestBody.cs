using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Silo.Gateway;

/// <summary>Reads request bodies by the rules of control-api.md §1.5: any content type, the first JSON value only, <c>null</c> sets nothing.</summary>
internal static class RequestBody
{
    /// <summary>Longest request body in bytes.</summary>
    public const int MaximumLength = 1024 * 1024;

    /// <summary>Longest time to receive a request (control-api.md §1.3).</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(15);

    /// <summary>The body as <typeparamref name="T"/>.</summary>
    /// <exception cref="MalformedBodyException">It is not JSON, or a known key has a value of the wrong type.</exception>
    /// <exception cref="BodyTooLargeException">It is longer than <see cref="MaximumLength"/>.</exception>
    public static async ValueTask<T> ReadJson<T>(this HttpRequest request, JsonTypeInfo<T> type)
        where T : class, new() =>
        await request.ReadOptionalJson(type) ?? throw new MalformedBodyException("the body is empty");

    /// <summary>The body as <typeparamref name="T"/>; <see langword="null"/> when there is none.</summary>
    /// <exception cref="MalformedBodyException">It is not JSON, or a known key has a value of the wrong type.</exception>
    /// <exception cref="BodyTooLargeException">It is longer than <see cref="MaximumLength"/>.</exception>
    public static async ValueTask<T?> ReadOptionalJson<T>(this HttpRequest request, JsonTypeInfo<T> type)
        where T : class, new()
    {
        var body = await ReadAll(request);
        try
        {
            return IsBlank(body) ? null : Parse(body, type);
        }
        catch (JsonException wrong)
        {
            throw new MalformedBodyException(Describe(wrong));
        }
        finally
        {
            request.BodyReader.AdvanceTo(body.End);
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class, new()
    {
        var reader = new Utf8JsonReader(body);
        return JsonSerializer.Deserialize(ref reader, type) ?? new T();
    }

    /// <summary>What is wrong and where, in the words of who sent it.</summary>
    private static string Describe(JsonException wrong)
    {
        var what = wrong switch
        {
            { InnerException: JsonException } or { Path: null } => "it is no JSON",
            { Path: "$" } => "it must be a JSON object",
            _ => $"'{wrong.Path!["$.".Length..]}' has a value of the wrong type",
        };
        return $"{what} (line {wrong.LineNumber + 1}, column {wrong.BytePositionInLine + 1})";
    }

    private static bool IsBlank(ReadOnlySequence<byte> body)
    {
        foreach (var part in body)
        {
            if (part.Span.ContainsAnyExcept(" \t\r\n"u8))
                return false;
        }

        return true;
    }

    private static async ValueTask<ReadOnlySequence<byte>> ReadAll(HttpRequest request)
    {
        var context = request.HttpContext;
        using var limit = new CancellationTokenSource(ReadLimit, context.RequestServices.GetRequiredService<TimeProvider>());
        await using var late = limit.Token.Register(static late => ((HttpContext)late!).Abort(), context);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaximumLength)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw new BodyTooLargeException();
            }

            if (read.IsCompleted)
                return read.Buffer;
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

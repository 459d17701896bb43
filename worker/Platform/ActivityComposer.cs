using System.Text;
using System.Text.Json;
using Donmai.Core.Platform.Wire;

namespace Donmai.Worker.Platform;

/// <summary>Makes activities of drafts (platform-api.md §10.1): secrets hidden, texts and the whole within their limits.</summary>
/// <param name="options">Limits, provider, and how secrets are hidden.</param>
internal sealed class ActivityComposer(ActivityPosterOptions options)
{
    // A character that JSON has to escape takes at most six bytes, whatever it took before.
    private const int WorstSpelling = 6;

    // What a request adds around an activity, and what has fixed names in it.
    private const int Envelope = 1024;

    private readonly ToolInputCopy _inputs = new(options);

    /// <summary>The activity; <see langword="null"/> when nothing is left to say.</summary>
    public PlatformActivity? Compose(ActivityDraft draft)
    {
        var words = Clean(draft.Type == ActivityType.Thought ? draft.AllWords.Trim() : draft.AllWords, draft.WordsLimit);
        if (words.Length == 0)
            return null;
        var activity = new PlatformActivity
        {
            Type = draft.Type,
            Content = words,
            ToolName = Named(draft.ToolName),
            ToolUseId = Named(draft.ToolUseId),
            ToolInput = _inputs.Of(draft.ToolInput),
            ToolCategory = Named(draft.ToolCategory),
            ToolOutput = draft.ToolOutput.Length > 0 ? Clean(draft.ToolOutput, options.MaxOutputBytes) : null,
            IsError = draft.IsError,
            DurationMs = draft.DurationMs,
            ProviderName = Named(options.ProviderName),
            Timestamp = PreciseTimestamp.ToText(draft.At),
        };
        return Fitting(activity);
    }

    private PlatformActivity Fitting(PlatformActivity activity)
    {
        if (Fits(activity))
            return activity;
        activity = activity with { ToolInput = null };
        if (Fits(activity))
            return activity;
        var share = Math.Max(3, (options.MaxBodyBytes - Envelope) / WorstSpelling / WorstSpelling); // there are six texts
        return activity with
        {
            Content = ActivityText.Truncate(activity.Content, share),
            ToolName = Cut(activity.ToolName),
            ToolUseId = Cut(activity.ToolUseId),
            ToolCategory = Cut(activity.ToolCategory),
            ToolOutput = Cut(activity.ToolOutput),
            ProviderName = Cut(activity.ProviderName),
        };

        string? Cut(string? text) => text is null ? null : ActivityText.Truncate(text, share);
    }

    private bool Fits(PlatformActivity activity)
    {
        var most = options.MaxBodyBytes - Envelope;
        var characters = activity.Content.Length + Length(activity.ToolName) + Length(activity.ToolUseId) + Length(activity.ToolInput?.Text)
            + Length(activity.ToolCategory) + Length(activity.ToolOutput) + Length(activity.ProviderName);
        return characters * WorstSpelling <= most || Size(activity) <= most;
    }

    private static int Size(PlatformActivity activity) =>
        Escaped(activity.Content) + Escaped(activity.ToolName) + Escaped(activity.ToolUseId) + Escaped(activity.ToolCategory)
        + Escaped(activity.ToolOutput) + Escaped(activity.ProviderName) + Encoding.UTF8.GetByteCount(activity.ToolInput?.Text ?? "");

    private static int Escaped(string? text) => text is null ? 0 : JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;

    private static int Length(string? text) => text?.Length ?? 0;

    private string? Named(string text) => text.Length > 0 ? Clean(text, options.MaxTextBytes) : null;

    private string Clean(string text, int limit) => ActivityText.Truncate(options.Redact(text), limit);
}

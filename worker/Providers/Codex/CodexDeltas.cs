using System.Text;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// Joins the pieces of what codex says, so that they are told in larger ones and none of them twice (worker.md §4.3.6): at 4 KiB, when time is up,
/// or with the whole text at the end of its item.
/// </summary>
internal sealed class CodexDeltas
{
    private const int FullAt = 4096;

    private readonly List<Piece> _pieces = [];

    /// <summary>Whether something waits to be told.</summary>
    public bool IsWaiting => _pieces.Exists(static piece => piece.Waiting.Length > 0);

    /// <summary>Takes a piece.</summary>
    /// <param name="kind">What is said.</param>
    /// <param name="item">Item it belongs to.</param>
    /// <param name="text">The piece.</param>
    /// <returns>What is to be told now; empty for nothing.</returns>
    public string Take(CodexSpeech kind, string item, string text)
    {
        var piece = _pieces.Find(piece => piece.Kind == kind && piece.Item == item);
        if (piece is null)
            _pieces.Add(piece = new Piece(kind, item));
        piece.Waiting.Append(text);
        return piece.Waiting.Length >= FullAt ? piece.Tell() : "";
    }

    /// <summary>What waits, in the order in which it began.</summary>
    /// <param name="exceptItem">Item whose own pieces stay.</param>
    public List<(CodexSpeech Kind, string Text)> Flush(string? exceptItem = null) =>
        [.. _pieces.Where(piece => piece.Waiting.Length > 0 && piece.Item != exceptItem).Select(static piece => (piece.Kind, piece.Tell()))];

    /// <summary>Ends an item's text of one kind.</summary>
    /// <param name="kind">What was said.</param>
    /// <param name="item">The item.</param>
    /// <param name="whole">Its whole text as the server gives it; <see langword="null"/> when it does not.</param>
    /// <returns>What has not been told of it yet.</returns>
    public string End(CodexSpeech kind, string item, string? whole)
    {
        var piece = _pieces.Find(piece => piece.Kind == kind && piece.Item == item);
        if (piece is null)
            return whole ?? "";
        _pieces.Remove(piece);
        var told = piece.Told.ToString();
        if (whole is { Length: > 0 } && whole.StartsWith(told, StringComparison.Ordinal))
            return whole[told.Length..];
        return piece.Waiting.ToString();
    }

    /// <summary>Forgets an item's pieces of one kind.</summary>
    public void Forget(CodexSpeech kind, string item) => _pieces.RemoveAll(piece => piece.Kind == kind && piece.Item == item);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _pieces.Clear();

    // What a command printed comes whole at its end and is never compared with what was told.
    private sealed record Piece(CodexSpeech Kind, string Item)
    {
        public StringBuilder Waiting { get; } = new();

        public StringBuilder Told { get; } = new();

        public string Tell()
        {
            var text = Waiting.ToString();
            if (Kind != CodexSpeech.CommandOutput)
                Told.Append(text);
            Waiting.Clear();
            return text;
        }
    }
}

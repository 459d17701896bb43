using System.Text;

namespace Donmai.Worker.Sessions;

/// <summary>The end of a text that may grow without bound: at least its last 4 Mi characters, at most twice as many and one piece.</summary>
internal sealed class LastText
{
    private const int Kept = 4 * 1024 * 1024;

    private readonly StringBuilder _text = new();

    /// <summary>Adds a piece.</summary>
    public void Append(string piece)
    {
        _text.Append(piece);
        if (_text.Length > 2 * Kept)
            _text.Remove(0, _text.Length - Kept);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _text.Clear();

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

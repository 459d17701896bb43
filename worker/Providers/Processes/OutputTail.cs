using System.Text;

namespace Donmai.Worker.Providers.Processes;

/// <summary>Keeps the last bytes of a stream (worker.md §4.0 CP-7).</summary>
internal sealed class OutputTail
{
    /// <summary>How much is kept.</summary>
    public const int Size = 8192;

    private readonly Lock _access = new();
    private byte[] _kept = [];

    /// <summary>Takes the next piece.</summary>
    public void Take(ReadOnlySpan<byte> piece)
    {
        lock (_access)
        {
            if (piece.Length >= Size)
            {
                _kept = piece[^Size..].ToArray();
                return;
            }

            var keep = Math.Min(_kept.Length, Size - piece.Length);
            _kept = [.. _kept.AsSpan(_kept.Length - keep), .. piece];
        }
    }

    /// <summary>What is kept.</summary>
    public byte[] ToArray()
    {
        lock (_access)
            return _kept;
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToArray());
}

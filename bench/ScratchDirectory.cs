using System.Globalization;

namespace Donmai.Bench;

/// <summary>A directory for the time of a measurement, on the disk of the checkout: the temporary one may be in memory.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public ScratchDirectory(string name)
    {
        Path = System.IO.Path.Combine(
            Checkout.Root, "artifacts", "bench", string.Create(CultureInfo.InvariantCulture, $"{name}-{Environment.ProcessId}"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System.Text;

namespace Donmai.Cli.Tests;

/// <summary>Standard output that goes to a disk without room.</summary>
internal sealed class FullDisk : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new IOException("No space left on device");
}

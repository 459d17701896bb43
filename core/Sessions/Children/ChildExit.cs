using System.Runtime.InteropServices;

namespace Donmai.Core.Sessions.Children;

/// <summary>How a child process ended: by itself with a code, or by a signal.</summary>
/// <param name="Code">Exit code; <see langword="null"/> when a signal ended it.</param>
/// <param name="Signal">Signal number; <see langword="null"/> when it exited by itself.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChildExit(int? Code, int? Signal)
{
    /// <summary>Whether it ended by itself with code 0.</summary>
    public bool Succeeded => Code == 0;

    /// <inheritdoc/>
    public override string ToString() => Code is { } code ? $"exit code {code}" : $"signal {Signal}";
}

using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>An index that was just written.</summary>
/// <param name="File">The open file.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Size">Bytes of the regular files.</param>
internal readonly record struct IndexWritten(SafeFileHandle File, long Entries, long Size);

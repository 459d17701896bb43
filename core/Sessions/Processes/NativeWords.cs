using System.Runtime.InteropServices;
using System.Text;

namespace Donmai.Core.Sessions.Processes;

/// <summary>A null-terminated list of C strings in one block of memory.</summary>
internal readonly unsafe ref struct NativeWords : IDisposable
{
    private readonly byte** _words;

    internal NativeWords(IReadOnlyList<string> words)
    {
        var table = (words.Count + 1) * sizeof(byte*);
        var size = table;
        foreach (var word in words)
            size += Encoding.UTF8.GetMaxByteCount(word.Length) + 1;
        _words = (byte**)NativeMemory.Alloc((nuint)size);
        var next = (byte*)_words + table;
        var end = (byte*)_words + size;
        for (var index = 0; index < words.Count; index++)
        {
            _words[index] = next;
            next += Encoding.UTF8.GetBytes(words[index], new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }

        _words[words.Count] = null;
    }

    internal byte** Pointer => _words;

    public void Dispose() => NativeMemory.Free(_words);
}

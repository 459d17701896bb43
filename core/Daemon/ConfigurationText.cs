using System.Text;

namespace Donmai.Core.Daemon;

/// <summary>Loads the text of <c>daemon.yaml</c>.</summary>
internal static class ConfigurationText
{
    /// <summary>Bytes of the largest file that is read.</summary>
    public const int LargestFile = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file; <see langword="null"/> when there is no such file (daemon-runtime.md §2.1).</summary>
    /// <exception cref="DaemonConfigurationException">There is something, but it is no text that could be used.</exception>
    public static string? Load(string path)
    {
        try
        {
            return Bytes(path) is { } bytes ? Text(bytes) : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            var reason = unreadable is UnauthorizedAccessException ? "permission denied" : unreadable.Message.TrimEnd('.');
            throw new DaemonConfigurationException(path, [new ConfigurationViolation(null, null, $"the file cannot be read: {reason}")]);
        }
    }

    private static byte[] Bytes(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        if (Directory.Exists(target.FullName))
            throw new IOException("it is a directory");
        if (Workareas.FileKinds.IsSpecial(target))
            throw new IOException("it is not a regular file");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[(int)Math.Min(file.Length, LargestFile) + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= LargestFile ? bytes[..length] : throw new IOException($"it is larger than {LargestFile / 1024 / 1024} MiB");
    }

    private static string Text(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes;
        return Strict.GetString(text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text);
    }
}

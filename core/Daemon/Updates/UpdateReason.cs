namespace Donmai.Core.Daemon.Updates;

/// <summary>How an update can end (daemon-runtime.md §12.2, control-api.md §4.5). Failures are followed by a colon and words.</summary>
internal static class UpdateReason
{
    internal const string Applied = "update-applied";
    internal const string UpToDate = "already-up-to-date";
    internal const string VersionCheckFailed = "version-check-failed";
    internal const string DownloadFailed = "download-failed";
    internal const string SignatureDownloadFailed = "sig-download-failed";
    internal const string HashFailed = "hash-failed";
    internal const string SignatureRejected = "sig-rejected";
    internal const string NoProgram = "no current-binary-path";
    internal const string ModeFailed = "chmod-failed";
    internal const string SwapFailed = "swap-failed";
}

namespace Donmai.Core.Daemon;

/// <summary>The closed set of what a machine can do (daemon-runtime.md §5).</summary>
public static class CapabilityKinds
{
    /// <summary>Programs of this system.</summary>
    public const string Native = "native";

    /// <summary>Calls over HTTP.</summary>
    public const string Http = "http";

    /// <summary>Programs installed on this machine.</summary>
    public const string HostBinary = "host-binary";

    /// <summary>Work areas.</summary>
    public const string Workarea = "workarea";

    /// <summary>Packages of Node.js.</summary>
    public const string Npm = "npm";

    /// <summary>Packages of Python.</summary>
    public const string PythonPip = "python-pip";

    /// <summary>MCP servers, reachable over HTTP.</summary>
    public const string McpServer = "mcp-server";
}

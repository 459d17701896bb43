using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Git credentials of a project (daemon-runtime.md §2.3 <c>projects[].git</c>).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProjectGit")]
public sealed record ProjectGit
{
    /// <summary>Credential helper, name or path of a program.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CredentialHelper { get; init; }

    /// <summary>Path of the ssh key.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SshKey { get; init; }

    /// <summary>Name of the environment variable of the daemon that holds an access token; the token itself is never written down.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TokenVariable { get; init; }
}

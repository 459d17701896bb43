namespace Donmai.Core.Daemon;

/// <summary>Adds a project or brings its entry up to date.</summary>
internal sealed record PutProject(ProjectConfiguration Project) : ConfigurationEdit;

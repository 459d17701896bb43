namespace Donmai.Core.Daemon;

/// <summary>Takes a project out.</summary>
internal sealed record RemoveProject(string Id) : ConfigurationEdit;

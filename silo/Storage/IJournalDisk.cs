namespace Donmai.Silo.Storage;

/// <summary>The operations on files and directories that a journal's durability rests on.</summary>
internal interface IJournalDisk
{
    /// <summary>Names of the files in <paramref name="directory"/>.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Creates a file that only its owner may read and write; an existing one is an error.</summary>
    IJournalFile Create(string path);

    /// <summary>Opens an existing file for reading and writing.</summary>
    IJournalFile Open(string path);

    /// <summary>Gives a file another name, in one step, replacing what had it.</summary>
    void Rename(string path, string newPath);

    /// <summary>Removes a file, if it is there.</summary>
    void Delete(string path);

    /// <summary>Returns when the directory's names survive a power cut.</summary>
    void FlushDirectory(string path);
}

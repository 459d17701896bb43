namespace Donmai.Engine.Tests.States;

internal sealed class NoteGrain(
    [PersistentState("note")] IPersistentState<Note> note,
    [PersistentState("second", "other")] IPersistentState<Note> other) : Grain, INoteGrain
{
    public Task<Note> Read() => Task.FromResult(note.State);

    public Task<Note> ReadOther() => Task.FromResult(other.State);

    public Task Write(string text, params int[] numbers)
    {
        note.State = new Note { Text = text, Numbers = [.. numbers] };
        return note.WriteStateAsync();
    }

    public Task WriteOther(string text)
    {
        other.State = other.State with { Text = text };
        return other.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();

    public Task Reread() => note.ReadStateAsync();

    public Task Spoil()
    {
        note.State.Numbers.Add(99);
        return Task.CompletedTask;
    }

    public Task<string> Describe() => Task.FromResult($"{note.RecordExists} {note.Etag is not null}");

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>A run's status as people read it.</summary>
static class StatusText
{
    /// <summary>The status in its colour: green is done, yellow is open, red went wrong.</summary>
    public static Cell Cell(RunStatus status) => new(status.Word(), status switch
    {
        RunStatus.Completed => Paint.Green,
        RunStatus.Failed or RunStatus.Crashed => Paint.Red,
        RunStatus.Running => Paint.Cyan,
        _ => Paint.Yellow,
    });
}

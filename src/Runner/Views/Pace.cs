namespace AeVae.Runner.Views;

/// <summary>How far training is, and how long it will take.</summary>
/// <param name="epochs">Epochs to train.</param>
/// <param name="stepsPerEpoch">Steps in each.</param>
/// <param name="alreadyFinished">Epochs that were trained before.</param>
sealed class Pace(int epochs, int stepsPerEpoch, int alreadyFinished = 0)
{
    const int Remembered = 5;   // epochs; enough to even out, few enough to follow a machine that becomes busy

    readonly Queue<TimeSpan> recent = new();
    TimeSpan previous;
    int finished = alreadyFinished;

    /// <summary>An epoch, with its evaluation, is finished.</summary>
    /// <param name="elapsed">Time since training began.</param>
    public void EpochFinished(TimeSpan elapsed)
    {
        recent.Enqueue(elapsed - previous);
        if (recent.Count > Remembered)
            recent.Dequeue();
        previous = elapsed;
        finished++;
    }

    /// <summary>Share of all steps that is done.</summary>
    /// <param name="epoch">Epoch being worked on, from 1.</param>
    /// <param name="step">Steps done in it.</param>
    public double Fraction(int epoch, int step) => Math.Min(1, (finished + WithinEpoch(epoch, step)) / epochs);

    /// <summary>Time until the last epoch ends; null while nothing is known.</summary>
    /// <param name="epoch">Epoch being worked on, from 1.</param>
    /// <param name="step">Steps done in it.</param>
    /// <param name="elapsed">Time since training began.</param>
    public TimeSpan? Left(int epoch, int step, TimeSpan elapsed)
    {
        double within = WithinEpoch(epoch, step);
        if (recent.Count == 0)
            return within < 0.05 ? null : elapsed / within * (epochs - finished - within);
        return recent.Aggregate(TimeSpan.Zero, (sum, time) => sum + time) / recent.Count * Math.Max(0, epochs - finished - within);
    }

    // Between two epochs the trainer still stands at the last step of the one just counted.
    double WithinEpoch(int epoch, int step) => epoch > finished ? (double)step / stepsPerEpoch : 0;
}

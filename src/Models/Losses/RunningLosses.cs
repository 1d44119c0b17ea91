namespace AeVae.Models.Losses;

/// <summary>Means over the images of an epoch: one sum in double per metric, in sample order, so that the batch size does not show (NC-1 C11).</summary>
struct RunningLosses
{
    double crossEntropy;
    double squaredError;
    double kl;
    double objective;
    int images;

    public readonly double CrossEntropy => crossEntropy / images;

    public readonly double SquaredError => squaredError / images;

    public readonly double Kl => kl / images;

    public readonly double Objective => objective / images;

    public void Add(BatchLosses batch)
    {
        for (int i = 0; i < batch.Rows; i++)
        {
            crossEntropy += batch.CrossEntropy[i];
            squaredError += batch.SquaredError[i];
            kl += batch.Kl[i];
            objective += batch.Objective[i];
        }

        images += batch.Rows;
    }
}

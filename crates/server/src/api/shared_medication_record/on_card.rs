//! What every act on a card has before its body: who acts, on what, and on which version of the card it builds.

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use notice::Id;
use notice::id::{Person, Record};
use serde::de::DeserializeOwned;
use services::Call;
use services::shared_medication_record::{CardError, CardVersion};

use crate::api::caller::Caller;
use crate::api::version::{IfMatch, version_changed};
use crate::api::wire::WireId;
use crate::app::App;
use crate::problem::Problem;

/// An act on what the address names.
pub(crate) struct OnCard<P> {
    app: App,
    caller: Caller,
    named: P,
    version: CardVersion,
}

/// An act on an order of a card.
pub(crate) type OnOrder = OnCard<(WireId<Person>, WireId<Record>)>;
/// An act on the card of a patient.
pub(crate) type OnPatient = OnCard<WireId<Person>>;

impl<P: DeserializeOwned + Send> FromRequestParts<App> for OnCard<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let caller = Caller::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let Path(named) = Path::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let IfMatch(version) =
            IfMatch::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        Ok(Self { app: app.clone(), caller, named, version })
    }
}

impl OnOrder {
    /// Acts on the order.
    pub(crate) async fn act<T, W>(
        self,
        action: impl FnOnce(&Call<'_>, Order) -> Result<T, CardError> + Send + 'static,
    ) -> Result<Json<W>, Problem>
    where
        T: Send + 'static,
        W: From<T>,
    {
        let (patient, order) = self.named;
        let on = Order { patient: patient.0, order: order.0, version: self.version };
        acted(&self.app, &self.caller, move |at| action(at, on)).await
    }
}

impl OnPatient {
    /// Acts on the card.
    pub(crate) async fn act<T, W>(
        self,
        action: impl FnOnce(&Call<'_>, Id<Person>, CardVersion) -> Result<T, CardError> + Send + 'static,
    ) -> Result<Json<W>, Problem>
    where
        T: Send + 'static,
        W: From<T>,
    {
        let (patient, version) = (self.named.0, self.version);
        acted(&self.app, &self.caller, move |at| action(at, patient, version)).await
    }
}

/// The order that is acted on.
pub(crate) struct Order {
    pub(crate) patient: Id<Person>,
    pub(crate) order: Id<Record>,
    pub(crate) version: CardVersion,
}

async fn acted<T, W>(
    app: &App,
    caller: &Caller,
    action: impl FnOnce(&Call<'_>) -> Result<T, CardError> + Send + 'static,
) -> Result<Json<W>, Problem>
where
    T: Send + 'static,
    W: From<T>,
{
    app.act_as(caller.caller(), action).await.map(|done| Json(done.into())).map_err(version_changed)
}

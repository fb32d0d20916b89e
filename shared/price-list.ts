/** Where prices are fetched from unless the user says otherwise: the list of pydantic/genai-prices, which the app comes with too. */
export const USUAL_PRICE_LIST = 'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json'
